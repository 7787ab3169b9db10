// What programs for the clouds do, word for word: they ask for a managed identity where their cloud's
// variables say, and call with what they get. Prints one line of JSON for each call.

import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { ManagedIdentityCredential } from "@azure/identity";

const say = (what) => console.log(JSON.stringify(what));

async function attempt(step) {
  try {
    return await step();
  } catch (e) {
    return { failed: String(e.name) };
  }
}

async function azure(resource) {
  const credential = new ManagedIdentityCredential();
  const { token } = await credential.getToken(`${resource}/.default`);
  const answer = await fetch(`${process.env.LAB_URL}/a`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: answer.status, body: await answer.text(), token };
}

async function aws() {
  const client = new S3Client({ region: "eu-central-1" });
  const answer = await client.send(new GetObjectCommand({ Bucket: "bucket", Key: "thing" }));
  const { accessKeyId, secretAccessKey } = await client.config.credentials();
  return { body: await answer.Body.transformToString(), accessKeyId, secretAccessKey };
}

const [cloud, resource] = process.argv.slice(2);
say(await attempt(() => (cloud === "aws" ? aws() : azure(resource))));

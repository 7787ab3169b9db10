package dev.daypass.run;

/// Whose managed identities have stand-ins in a run.
public enum Cloud {
    /// The shape of Azure App Service: `IDENTITY_ENDPOINT`.
    AZURE,
    /// The shape of AWS containers: `AWS_CONTAINER_CREDENTIALS_FULL_URI`.
    AWS
}

// Answers each request with what Node.js understood of it: method, decoded path, query as it came. Prints its port.
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://service');
  response.end([request.method, decodeURIComponent(url.pathname), url.search.slice(1)].join('\n'));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));

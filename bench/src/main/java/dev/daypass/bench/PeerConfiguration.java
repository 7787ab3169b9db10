package dev.daypass.bench;

/// The peers' configurations: one worker, keep-alive to the upstream, the service's name taken off
/// the path and its key put in as the edge does, no log.
final class PeerConfiguration {
    private PeerConfiguration() {}

    static String nginx(Peer.Place place) {
        return """
        daemon off;
        master_process off;
        pid %5$s/pid;
        error_log %5$s/error.log;
        events { worker_connections 4096; }
        http {
          access_log off;
          client_body_temp_path %5$s/body;
          proxy_temp_path %5$s/proxy;
          fastcgi_temp_path %5$s/fastcgi;
          uwsgi_temp_path %5$s/uwsgi;
          scgi_temp_path %5$s/scgi;
          upstream up { server 127.0.0.1:%3$d; keepalive 128; }
          large_client_header_buffers 4 16k;
          server {
            listen 127.0.0.1:%1$d;
            listen 127.0.0.1:%2$d ssl;
            ssl_protocols TLSv1.3;
            ssl_certificate %4$s/chain.pem;
            ssl_certificate_key %4$s/key.pem;
            ssl_client_certificate %4$s/anchors.pem;
            ssl_verify_client on;
            keepalive_requests 100000000;
            location /flights/ {
              proxy_pass http://up/;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_set_header Authorization "";
              proxy_set_header x-api-key "key-of-the-benchmark";
            }
          }
        }
        """
                .formatted(
                        place.plain(), place.mutual(), place.upstream(), place.tls(), place.own());
    }

    static String haproxy(Peer.Place place) {
        return """
        global
          nbthread 1
          tune.bufsize 32768
        defaults
          mode http
          timeout connect 5s
          timeout client 60s
          timeout server 60s
        frontend agents
          bind 127.0.0.1:%1$d
          bind 127.0.0.1:%2$d ssl crt %4$s/both.pem ca-file %4$s/anchors.pem verify required
          http-request set-var(txn.bearer) http_auth_bearer
          http-request set-var(txn.alg) var(txn.bearer),jwt_header_query('$.alg')
          http-request deny deny_status 401 unless { var(txn.alg) -m str ES256 }
          http-request deny deny_status 401 unless { var(txn.bearer),jwt_verify(txn.alg,"%4$s/tokens.pem") -m int 1 }
          http-request del-header authorization
          http-request set-header x-api-key key-of-the-benchmark
          http-request replace-path /flights(/.*) \\1
          default_backend up
        backend up
          http-reuse always
          server up 127.0.0.1:%3$d
        """
                .formatted(place.plain(), place.mutual(), place.upstream(), place.tls());
    }
}

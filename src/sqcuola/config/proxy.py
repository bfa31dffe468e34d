"""`sqcuola proxy-config nginx|caddy`: what a front server needs to know. It prints; it changes nothing."""

from urllib.parse import urlsplit

from sqcuola.config.asking import Parser

NGINX = """\
# SQcuola behind nginx. Certificates: fill in the two lines, or let certbot do it.
server {{
    listen 443 ssl;
    listen [::]:443 ssl;
    http2 on;
    server_name {name};
    # ssl_certificate     /etc/letsencrypt/live/{name}/fullchain.pem;
    # ssl_certificate_key /etc/letsencrypt/live/{name}/privkey.pem;
    client_max_body_size 32m;
    gzip on;
    gzip_types text/css application/javascript image/svg+xml application/json;

    location /static/ {{
        alias {static}/;
        expires 1h;
        add_header X-Content-Type-Options nosniff;
    }}
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_read_timeout 60s;

    location / {{
        proxy_pass http://{upstream};
    }}
    # What somebody looks for is nobody's business: it would stand in the log.
    location = /search/ {{
        access_log off;
        proxy_pass http://{upstream};
    }}
}}
server {{
    listen 80;
    listen [::]:80;
    server_name {name};
    access_log off;  # here too: the line of a log has what was asked for
    return 301 https://$host$request_uri;
}}
"""

CADDY = """\
# SQcuola behind Caddy, which fetches certificates by itself.
{name} {{
    encode zstd gzip
    request_body {{
        max_size 32MB
    }}
    handle_path /static/* {{
        root * {static}
        header X-Content-Type-Options nosniff
        file_server
    }}
    reverse_proxy {upstream} {{
        header_up X-Forwarded-For {{remote_host}}
    }}
}}
"""
KINDS = {"nginx": NGINX, "caddy": CADDY}


def main(arguments: list[str]) -> int:
    """Answer `sqcuola proxy-config`."""
    parser = Parser("proxy-config", "Print what a front server needs to know. It changes nothing.")
    parser.add_argument("kind", choices=KINDS, help="which front server")
    parser.add_argument(
        "--upstream",
        default="127.0.0.1:8000",
        metavar="HOST:PORT",
        help="where `sqcuola serve` listens: 127.0.0.1:8000 unless said",
    )
    given = parser.parse_args(arguments)
    from django.conf import settings  # noqa: PLC0415 - the settings are read only when asked for

    name = urlsplit(settings.SITE_URL).hostname or "school.example.org"
    print(KINDS[given.kind].format(name=name, static=settings.STATIC_ROOT, upstream=given.upstream))  # noqa: T201
    return 0

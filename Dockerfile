# syntax=docker/dockerfile:1
# Debian, not Alpine: the embedded Postgres is built for glibc.
FROM node:24-bookworm-slim AS base
WORKDIR /app
COPY package.json package-lock.json ./

FROM base AS build
RUN npm ci --ignore-scripts
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY migrations ./migrations
COPY web ./web
RUN npm run build \
  && find dist -name '*.tsbuildinfo' -delete \
  && chmod 755 dist/src/cli/main.js

FROM base AS production-packages
# npm keeps TypeScript as an optional peer of @nestjs/swagger, whose compiler plug-in alone uses it.
RUN npm ci --omit=dev --ignore-scripts \
  && npm cache clean --force \
  && rm -rf node_modules/typescript node_modules/.bin/tsc node_modules/.bin/tsserver

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
  HOST=0.0.0.0 \
  PORT=8080 \
  SLO_DIR=/etc/slowburn/slos \
  DATA_DIR=/var/lib/slowburn
WORKDIR /app
# The `node` user of the base image has the passwd line that initdb asks for.
RUN install -d -o node -g node -m 0700 /var/lib/slowburn \
  && install -d /etc/slowburn/slos \
  && ln -s /app/dist/src/cli/main.js /usr/local/bin/slowburn
COPY package.json LICENSE ./
COPY --from=production-packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# Alerts link to them.
COPY docs/runbooks ./docs/runbooks
# By number, so that Kubernetes' runAsNonRoot can see that it is not root.
USER 1000:1000
VOLUME /var/lib/slowburn
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/src/main.js"]

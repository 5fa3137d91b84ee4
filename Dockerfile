# One image for every role: workers (`swarm worker --roles …`) and the command itself.
# Debian, not Alpine: onnxruntime and Temporal's core are built against glibc.
FROM node:22.20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:22.20-bookworm-slim
ENV NODE_ENV=production SWARM_HOME=/data/swarm
# TLS roots for S3, model endpoints and Temporal's native client.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/bin ./bin
COPY --from=build /app/dist ./dist
COPY --from=build /app/fixtures ./fixtures
RUN mkdir -p /data/swarm && chown -R node:node /data
USER node
VOLUME /data
ENTRYPOINT ["node", "bin/swarm.mjs"]
CMD ["--help"]

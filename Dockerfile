# One image for api, worker, mail catcher and `install`: the command says which.
FROM node:24.21.0-bookworm-slim

ENV NODE_ENV=production
WORKDIR /opt/segin
COPY package.json package-lock.json ./
COPY patches patches
RUN npm install --omit=dev --no-audit --no-fund && npm cache clean --force
COPY . .
# Data that this image writes (first sign-ins, caught mail, bundled workflows) lies here, owned by whom it runs as.
RUN mkdir -p /var/lib/segin && chown node:node /var/lib/segin

USER node
ENTRYPOINT ["node", "--import", "tsx", "cli/main.ts"]
CMD ["--help"]

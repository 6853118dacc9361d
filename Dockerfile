# Two stages: build with everything, run with what is needed. Node comes with the dependencies.
ARG BASE=node:24-bookworm-slim

FROM ${BASE} AS build
WORKDIR /src
RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json .npmrc Makefile ./
COPY scripts scripts
RUN make setup
COPY . .
RUN make build && npm prune --omit=dev --ignore-scripts

FROM ${BASE}
WORKDIR /opt/holdfast
COPY --from=build /src/package.json ./
COPY --from=build /src/node_modules node_modules
COPY --from=build /src/bin bin
COPY --from=build /src/dist dist
COPY --from=build /src/assets assets
COPY --from=build /src/docs/schemas docs/schemas
RUN install -d -o 10001 -g 10001 /var/lib/holdfast
ENV HOLDFAST_STATE_DIR=/var/lib/holdfast XDG_CACHE_HOME=/tmp
USER 10001:10001
EXPOSE 8420
ENTRYPOINT ["/opt/holdfast/bin/holdfast"]
CMD ["--help"]

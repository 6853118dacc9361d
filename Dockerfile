# Built in one stage, run from nothing: the image holds Node, the libraries that it needs, Juju's clients and Holdfast,
# no shell and no package manager. `make image` fills in the arguments from deploy/image/pins.env.
ARG BASE=node:24.18.0-bookworm-slim@sha256:6f7b03f7c2c8e2e784dcf9295400527b9b1270fd37b7e9a7285cf83b6951452d

FROM ${BASE} AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY scripts/setup.sh scripts/
RUN scripts/setup.sh
# Release archives of Juju's clients: URLs, or paths like deploy/image/artefacts/x. One left empty is left out.
ARG JUJU_3=
ARG JUJU_3_SHA256=
ARG JUJU_4=
ARG JUJU_4_SHA256=
COPY scripts/image-juju.sh scripts/
COPY deploy/image deploy/image
RUN scripts/image-juju.sh 3 "$JUJU_3" "$JUJU_3_SHA256" && scripts/image-juju.sh 4 "$JUJU_4" "$JUJU_4_SHA256"
COPY . .
RUN scripts/image-root.sh

FROM scratch
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Holdfast" \
      org.opencontainers.image.description="Holds Juju deployments fast at their security hardening guides" \
      org.opencontainers.image.licenses="Apache-2.0 AND AGPL-3.0-only" \
      org.opencontainers.image.vendor="Holdfast" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
# What changes least comes first.
COPY --from=build /image/system /
COPY --from=build /image/juju /opt/holdfast/juju
COPY --from=build /image/holdfast /opt/holdfast
# The charm puts policy and logins there, as that user.
COPY --from=build --chown=584792:584792 /image/state /etc/holdfast
COPY --from=build --chown=584792:584792 /image/state /var/lib/holdfast
ENV PATH=/opt/holdfast/bin \
    HOME=/var/lib/holdfast \
    NODE_OPTIONS=--max-semi-space-size=4 \
    MALLOC_ARENA_MAX=1 \
    MALLOC_MMAP_THRESHOLD_=65536 \
    MALLOC_TRIM_THRESHOLD_=131072 \
    XDG_CACHE_HOME=/tmp \
    HOLDFAST_STATE_DIR=/var/lib/holdfast \
    HOLDFAST_JUJU_3=/opt/holdfast/juju/3/juju \
    HOLDFAST_JUJU_4=/opt/holdfast/juju/4/juju
WORKDIR /var/lib/holdfast
# The user that rocks and charms give to workloads, _daemon_.
USER 584792:584792
EXPOSE 8420
ENTRYPOINT ["/opt/holdfast/bin/holdfast"]
CMD ["--help"]

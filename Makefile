# Every target sets up what it needs; `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
ARCH := $(shell uname -m | sed -e 's/x86_64/x64/' -e 's/aarch64/arm64/')
BUNDLED := $(CURDIR)/node_modules/node-linux-$(ARCH)/bin
export PATH := $(CURDIR)/node_modules/.bin:$(BUNDLED):$(PATH)
# Pages of docs/reference that are made from code, each by a script of its name.
REFERENCES := cli-reference policy-reference charm-reference
JEST := NODE_OPTIONS="--experimental-vm-modules --disable-warning=ExperimentalWarning" jest

.PHONY: help setup build demo check test charm-test charm-lint crash-matrix e2e pictures simulate fuzz mutation bench bench-check bench-drift bench-page soak docs schemas sbom audit reproducible release image image-release controls sizes clean format

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

node_modules/.setup: package-lock.json
	@scripts/setup.sh
	@touch $@

setup: node_modules/.setup ## installs Node 24 and the libraries, locked

build: node_modules/.setup ## compiles to dist/
	@tsc -p tsconfig.build.json
	@for made in prometheus_alert_rules grafana_dashboards; do \
		rm -rf charm/src/$$made && cp -R deploy/observability/$$made charm/src/$$made || exit 1; done

demo: build ## the main job on the embedded simulator
	@bin/holdfast demo $(DEMO_FLAGS)

check: build ## format, lint, types, layers, dead code, generated files
	prettier --check --log-level warn .
	tsc
	eslint --cache --cache-location build/eslintcache --max-warnings 0 .
	depcruise --config .dependency-cruiser.cjs src
	knip
	@node scripts/schemas.ts --check
	@node scripts/docs.ts --check
	@for made in $(REFERENCES); do node scripts/$$made.ts --check || exit 1; done
	@node scripts/architecture.ts --check
	@scripts/charm-check.sh
	@node scripts/licences.ts --check

test: build ## every test, or the spec files of ONLY="a b"
	@mkdir -p build/junit && $(if $(ONLY),true,rm -f build/junit/*.xml)
	@status=0; HOLDFAST_JUNIT=$(or $(JUNIT),jest.xml) $(JEST) $(if $(ONLY),--runInBand $(ONLY)) || status=1; \
		$(if $(ONLY),,scripts/charm-test.sh || status=1;) exit $$status

charm-test: ## the charm's tests alone, with every Python from 3.11 on
	@scripts/charm-test.sh

charm-lint: ## charmcraft.yaml against charmcraft's own models, and charmlint (needs Python 3.12)
	@scripts/charm-lint.sh

crash-matrix: build ## kills the daemon at every write to its journal, for every kind of action: an hour
	@rm -rf build/crash-matrix && CRASH_MATRIX=all $(JEST) --testPathPatterns=test/integration/crash-matrix; \
		code=$$?; cat build/crash-matrix/kinds.md build/crash-matrix/flows.md | tee build/crash-matrix.md; exit $$code

e2e: build ## tests against a real kube-apiserver, etcd (built once: needs Go), PostgreSQL, Prometheus and Chromium
	@mkdir -p build/junit build/e2e && rm -f build/junit/$(or $(JUNIT),e2e.xml) build/e2e/*
	@kubelab=$$(test/e2e/kubelab/build.sh) && etcd=$$(test/e2e/etcd/build.sh) && postgresql=$$(test/e2e/postgresql.sh) && prometheus=$$(test/e2e/prometheus.sh) && \
		chromium=$$(test/e2e/chromium.sh) && HOLDFAST_CHROMIUM=$$chromium HOLDFAST_E2E=1 HOLDFAST_KUBELAB=$$kubelab HOLDFAST_ETCD=$$etcd HOLDFAST_PG_BIN=$$postgresql HOLDFAST_PROM_BIN=$$prometheus HOLDFAST_JUNIT=$(or $(JUNIT),e2e.xml) $(JEST) $(ONLY) --selectProjects e2e --runInBand
	@cat build/e2e/*.txt

pictures: build ## docs/images: the page on the simulated estate, in a real Chromium
	@chromium=$$(test/e2e/chromium.sh) && HOLDFAST_E2E=1 HOLDFAST_CHROMIUM=$$chromium HOLDFAST_PICTURES=docs/images \
		$(JEST) --selectProjects e2e --testPathPatterns=test/e2e/page.spec -t 'pictures for the documentation'

simulate: node_modules/.setup ## SEEDS=N simulated runs from FIRST, or one SEED=x again (of its incidents only KEEP=ids)
	@node --max-semi-space-size=64 --disable-warning=ExperimentalWarning test/simulation/run.ts $(if $(SEEDS),--seeds $(SEEDS)) $(if $(FIRST),--first $(FIRST)) \
		$(if $(SEED),--seed $(SEED)) $(if $(KEEP),--keep=$(KEEP))

fuzz: node_modules/.setup ## MINUTES=10 of inputs for all that reads, or for TARGET=a,b; SEED=; what breaks goes into test/fuzz/corpus
	@node --disable-warning=ExperimentalWarning test/fuzz/run.ts --minutes $(or $(MINUTES),10) $(if $(TARGET),--target $(TARGET)) $(if $(SEED),--seed $(SEED))

mutation: node_modules/.setup ## changes core/ and guides/ one place at a time, and tells what no test notices: FOLDER=, FILES=, MINUTES=10, COUNT=, SEED=
	@node --disable-warning=ExperimentalWarning test/mutation/run.ts --minutes $(or $(MINUTES),10) $(if $(FOLDER),--folder $(FOLDER)) $(if $(FILES),--files $(FILES)) $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED))

bench: build ## the budgets and others side by side, as one table; draws docs/images/growth.svg
	@node --expose-gc test/bench/run.ts

bench-check: build ## fails when a ratio is worse than the one checked in (bench/results/reference.json)
	@node --expose-gc test/bench/check.ts

soak: build ## a daemon over 100 models of 100 units with a change a second, for MINUTES=30; FAULTS=1: and something wrong all the time
	@node test/bench/soak.ts $(or $(MINUTES),30) $(or $(MODELS),100) $(or $(UNITS),100) $(if $(FAULTS),faults)

bench-drift: build ## seconds from drift to finding and to verified fix, 50 drifts on each flavour
	@node test/bench/drift.ts

bench-page: build ## each view of the page with 10,000 findings
	@node --expose-gc test/bench/page.ts

schemas: build ## docs/schemas from the definitions in code
	@node scripts/schemas.ts

docs: build ## docs/controls and docs/reference from guides, commands, policy and charm
	@node scripts/docs.ts
	@for made in $(REFERENCES); do node scripts/$$made.ts || exit 1; done
	@node scripts/architecture.ts
	@scripts/charm-check.sh && node scripts/licences.ts

sbom: node_modules/.setup ## build/sbom.cdx.json: what it is made of at run time (CycloneDX)
	@mkdir -p build && node scripts/sbom.ts >build/sbom.cdx.json && echo build/sbom.cdx.json

audit: node_modules/.setup ## asks npm and PyPI for known holes in what is needed at run time; STRICT=1: must be answered
	@node scripts/audit.ts $(if $(STRICT),--strict)

reproducible: node_modules/.setup ## builds the release twice, elsewhere and otherwise, and compares byte by byte
	@scripts/reproducible.sh

release: build ## build/release: the program, the charm's sources, the list of contents, and their sums
	@scripts/release.sh

image: node_modules/.setup ## the container image by deploy/image/pins.env (needs buildah, podman or docker); TAG=
	@scripts/image.sh $(TAG)

image-release: node_modules/.setup ## the same, refused while a pin is empty
	@scripts/image.sh --release $(TAG)

controls: build ## the controls of each guide, by their evidence and by how they are put right
	@node scripts/controls.ts

sizes: node_modules/.setup ## lines of files and functions, and which folder imports which
	@node scripts/sizes.ts

format: node_modules/.setup
	prettier --write --log-level warn .

clean: ## removes what was built
	rm -rf dist build coverage

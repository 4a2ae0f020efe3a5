# The four verbs: demo, test, precheck, matrix. Each installs what it needs that is missing.

SWIFT ?= swift
SCRATCH ?= .build
CORPUS ?= $(or $(BINDGEN_COLL_CORPUS),.cache/corpus)
# A position-dependent executable starts in half the time: nothing has to be relocated.
RELEASE = -c release --static-swift-stdlib -Xswiftc -Xclang-linker -Xswiftc -no-pie

.PHONY: help demo test precheck plugins matrix benchmark release bundle tools corpus docs format regenerate clean

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

tools: ## Install what is missing: libclang, Python, Open MPI.
	@Scripts/install-tools

corpus: tools ## Fetch what the tests read: vendor headers and libraries, a Python package.
	@Scripts/fetch-corpus ci
	@Scripts/install-tools python

demo: tools ## Read a header, generate, build, load two releases of a real library.
	@Scripts/fetch-corpus demo
	@SWIFT=$(SWIFT) SCRATCH=$(SCRATCH) CORPUS=$(CORPUS) Scripts/demo

test: corpus ## Run the whole suite.
	$(SWIFT) test --scratch-path $(SCRATCH) --parallel

precheck: ## What CI runs: lint, warnings, tests, freshness of Generated.
	@bash .ci/run

plugins: tools ## Build packages that use the plugins, as CI does.
	@SCRATCH=$(SCRATCH) Scripts/check-plugins

matrix: tools ## Load every release of NCCL, one after the other.
	@Scripts/matrix

benchmark: tools ## Measure, and write Benchmarks/results.
	@Benchmarks/run

release: ## A stripped, static executable in .build/release.
	$(SWIFT) build --scratch-path $(SCRATCH) $(RELEASE) --product bindgen-coll
	strip $(SCRATCH)/release/bindgen-coll

bundle: ## The plugins with the tool as an artifact bundle: a package in .build/bundle.
	rm -rf $(SCRATCH)/bundle
	SCRATCH=$(SCRATCH) Scripts/make-artifact-bundle $(SCRATCH)/bundle/bindgen-coll

regenerate: ## Bring Generated up to date.
	$(SWIFT) run --scratch-path $(SCRATCH) bindgen-coll generate

format: ## Format the hand-written Swift.
	$(SWIFT) format --in-place --recursive --parallel Sources Tests Examples Plugins Package.swift

clean: ## Remove what the builds made; the corpus stays.
	rm -rf $(SCRATCH)

docs: ## The reference documentation, in .build/docs.
	@SWIFT=$(SWIFT) SCRATCH=$(SCRATCH) Scripts/make-docs

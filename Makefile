# What a newcomer and continuous integration run. Everything else is `cargo` and `cargo xtask`.

CARGO ?= cargo
# Where the demo keeps its evidence and its report; `make clean` removes it, and no evidence of yours.
DEMO_HOME ?= dist/demo
PACK ?= packs/guangzhou
# Seconds for each fuzz target.
FUZZ_SECONDS ?= 600
# Broken files that fuzzing starts from.
BROKEN = crates/evidence/tests/broken
# Folder with real files for the benchmark.
DATA ?= $(or $(LINGHANG_TEST_DATA),../shared/data)

.DEFAULT_GOAL := help
.PHONY: help demo test check bench deny fuzz traps gen clean

help: ## Shows this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Builds Linghang, scans the demo evidence, writes the report, runs programmes on a made-up city
	$(CARGO) run --profile demo --package linghang-cli -- --home $(DEMO_HOME) --pack $(PACK) demo --out $(DEMO_HOME)/report

test: ## Checks and tests everything; the last line says how many tests had no data or no browser
	$(CARGO) xtask check
	$(CARGO) xtask test

check: ## Format, tree, floors, lints, generated files
	$(CARGO) xtask check

gen: ## Writes the generated files: schemas/ and docs/guide/cli.md
	$(CARGO) xtask gen

bench: ## Measures speed beside the peers; DATA=folder with real files
	$(CARGO) run --release --package linghang-bench -- scan --data $(DATA) --json

deny: ## Licences, bans and sources of every dependency; installs cargo-deny where it is missing
	@command -v cargo-deny >/dev/null || $(CARGO) install cargo-deny --locked
	$(CARGO) fetch --locked
	$(CARGO) deny --offline --workspace check licenses bans sources

fuzz: ## Runs every fuzz target for FUZZ_SECONDS; needs a nightly toolchain and cargo-fuzz
	@set -e; for target in $$($(CARGO) +nightly fuzz list); do \
	  echo "fuzz $$target"; \
	  mkdir -p fuzz/corpus/$$target; \
	  find $(BROKEN) -name "$$(echo $$target | tr _ -)-*" -exec cp {} fuzz/corpus/$$target \;; \
	  if [ $$target = pack ]; then cp crates/pack/tests/expect/*.toml crates/rules/tests/broken/*.toml fuzz/corpus/pack; fi; \
	  $(CARGO) +nightly fuzz run $$target -- -max_total_time=$(FUZZ_SECONDS) -rss_limit_mb=2048; \
	done

traps: ## Shows on DataFusion what plain SQL does with fourteen expressions; builds for some minutes
	cd traps && $(CARGO) test

clean: ## Removes what was built and what the demo wrote
	$(CARGO) clean
	rm -rf dist

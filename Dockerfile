# A local Chime in a container; see docs/containers.md.

FROM rust:1-slim-bookworm AS build
WORKDIR /src
COPY . .
# Without symbols, the program is a quarter smaller.
ENV CARGO_PROFILE_RELEASE_STRIP=symbols
# Without the file, the image's own Rust builds it, and rustup fetches no other.
RUN rm rust-toolchain.toml && cargo build --release --locked --package chime-sdk-cli
# The final image has no shell to make a folder with.
RUN mkdir /data

# The same Debian as above, with the C libraries that the program needs and no shell. The user is 65532.
FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /src/target/release/chime /usr/local/bin/chime
# For `--data /data/chime.db`.
COPY --from=build --chown=65532:65532 /data /data
EXPOSE 8080
# There is no HEALTHCHECK: without a shell, only `chime call` could ask, and the log and the counts would have its calls.
ENTRYPOINT ["chime", "serve", "--address", "0.0.0.0"]

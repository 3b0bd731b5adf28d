# syntax=docker/dockerfile:1
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements/run.txt requirements/run.txt
RUN python -m venv /opt/milepost \
 && /opt/milepost/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY content content
COPY migrations migrations
RUN /opt/milepost/bin/pip install --no-cache-dir --no-deps .

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Milepost" org.opencontainers.image.licenses="MIT"
COPY --from=build /opt/milepost /opt/milepost
ENV PATH=/opt/milepost/bin:$PATH \
    PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    XDG_DATA_HOME=/data XDG_CACHE_HOME=/tmp \
    MILEPOST_DATABASE_URL=sqlite:////data/milepost.db \
    MILEPOST_WEB_HOST=0.0.0.0
RUN mkdir /data && chown 65532:65532 /data
# A number, so that an orchestrator can see that it is not root.
USER 65532:65532
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["milepost", "doctor", "--quick"]
ENTRYPOINT ["milepost"]
CMD ["serve"]

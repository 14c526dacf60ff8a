# syntax=docker/dockerfile:1
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
# A new security advisory for a package is a matter for CI, not a reason why yesterday's version cannot be built again.
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet publish src/JinshanBio.Crm.Web -c Release -o /out -p:FullBuild=true -p:UseAppHost=false -p:NuGetAudit=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
# Chinese texts need ICU, Asia/Shanghai needs the time zone data; the folder must belong to the user before it becomes a volume.
RUN ls /usr/lib/*/libicuuc.so.* /usr/share/zoneinfo/Asia/Shanghai \
    && mkdir App_Data && chown app:app App_Data
COPY --from=build /out .
ENV ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false
USER app
EXPOSE 8080
VOLUME /app/App_Data
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["dotnet", "JinshanBio.Crm.Web.dll", "healthcheck"]
ENTRYPOINT ["dotnet", "JinshanBio.Crm.Web.dll"]

using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace JinshanBio.Crm.Web.Api;

/// <summary>What the OpenAPI document says beyond what the routes show: query strings, tokens, problems.</summary>
internal static class ApiDescription
{
    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "JinshanBio.Crm", Version = "v1", Description = "Money in yuan, area in m², times in UTC (ISO 8601). Errors are application/problem+json." };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "accessToken of POST /api/v1/sign-in" };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(async (operation, context, cancel) =>
        {
            foreach (var query in context.Description.ActionDescriptor.EndpointMetadata.OfType<QueryOf>())
            {
                operation.Parameters ??= [];
                foreach (var parameter in query.Parameters)
                {
                    var schema = await context.GetOrCreateSchemaAsync(parameter.PropertyType, null, cancel);
                    operation.Parameters.Add(new OpenApiParameter { Name = char.ToLowerInvariant(parameter.Name[0]) + parameter.Name[1..], In = ParameterLocation.Query, Schema = schema });
                }
            }
            operation.Responses ??= [];
            operation.Responses.TryAdd("default", new OpenApiResponse { Description = "A problem (RFC 9457) with code and, for a 400, errors by field" });
        });
    }
}

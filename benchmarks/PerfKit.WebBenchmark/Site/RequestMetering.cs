using PerfKit.Instrumentation;

namespace PerfKit.WebBenchmark;

/// <summary>What a user writes to have each request metered by route and charged to a service; it stands in docs/operations.md, too.</summary>
internal static class RequestMetering
{
    public static void UseRequestMetering(this WebApplication app, string service) => app.Use(async (context, next) =>
    {
        string route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";
        using ServiceContext charged = ServiceContext.Enter(service);
        using OperationScope request = OperationMeter.Create(route).Measure();
        try
        {
            await next(context);
        }
        catch
        {
            request.Fail();
            throw;
        }
        if (context.Response.StatusCode >= 500)
            request.Fail();
    });
}

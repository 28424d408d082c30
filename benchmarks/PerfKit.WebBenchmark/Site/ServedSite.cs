using System.Globalization;

namespace PerfKit.WebBenchmark;

/// <summary>The application, in a process of its own.</summary>
internal static class ServedSite
{
    public const string Argument = "--serve";

    /// <summary>Twenty products as JSON, some 2 kB.</summary>
    public const string Page = "/products/category-7";

    /// <summary>The process's CPU time so far, in ticks of 100 ns.</summary>
    public const string CpuPage = "/cpu";

    /// <summary>Serves until its standard input ends; the port is its first line of output.</summary>
    public static async Task ServeAsync(Instruments instruments)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        if (instruments == Instruments.PerfKit)
            builder.Services.AddPerformanceAuditor();
        if (instruments == Instruments.OpenTelemetry)
            OpenTelemetryListening.Begin();

        var catalog = new Catalog();
        await using WebApplication app = builder.Build();
        if (instruments == Instruments.PerfKit)
            app.UseRequestMetering("shop");
        app.MapGet("/products/{category}", (string category) => catalog.Of(category));
        app.MapGet(CpuPage, () => Results.Text(Environment.CpuUsage.TotalTime.Ticks.ToString(CultureInfo.InvariantCulture)));
        await app.StartAsync();
        Console.WriteLine(new Uri(app.Urls.First()).Port.ToString(CultureInfo.InvariantCulture));
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }
}

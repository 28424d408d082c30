using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PerfKit.Instrumentation;

namespace PerfKit.Integration.Tests;

/// <summary>A real web host on loopback with PerfKit in it, started, asked once, and stopped by <see cref="DisposeAsync"/>.</summary>
internal sealed class ShopHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private ShopHost(WebApplication app)
    {
        _app = app;
        _client = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromSeconds(30) };
    }

    public IPerformanceAuditor Auditor => _app.Services.GetRequiredService<IPerformanceAuditor>();

    public static async Task<ShopHost> StartAsync(
        Action<PerformanceAuditorOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var tracker = new StartupTracker();
        builder.Services.AddSingleton(tracker);
        services?.Invoke(builder.Services);
        builder.Services.AddPerformanceAuditor(options =>
        {
            options.SamplingInterval = TimeSpan.FromMilliseconds(20);
            configure?.Invoke(options);
        });
        WebApplication app = builder.Build();
        app.MapGet("/", () => "open");
        using (tracker.Begin("web"))
            await app.StartAsync();
        return new ShopHost(app);
    }

    public Task<string> AskAsync() => _client.GetStringAsync(new Uri("/", UriKind.Relative));

    public async Task StopAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        await _app.StopAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await StopAsync(TimeSpan.FromSeconds(30));
        await _app.DisposeAsync();
    }
}

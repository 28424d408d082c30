using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace PerfKit;

/// <summary>
/// The logger of all that PerfKit logs: what a provider throws goes no further, and is counted. Whoever audits, or reloads a
/// configuration, cannot help a log that fails. Thread-safe.
/// </summary>
internal sealed class QuietLogger(ILogger inner) : ILogger
{
    private long _failures;

    /// <summary>Messages that a provider threw at.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>The logger of PerfKit's category; one that logs nowhere when there is no factory, or it throws.</summary>
    public static QuietLogger Of(ILoggerFactory? factory)
    {
        try
        {
            return new QuietLogger(factory?.CreateLogger(PerfKit.Log.Category) ?? NullLogger.Instance);
        }
        catch (Exception)
        {
            return new QuietLogger(NullLogger.Instance);
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            Interlocked.Increment(ref _failures);
        }
    }

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return inner.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            Interlocked.Increment(ref _failures);
            return false;
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null; // PerfKit begins none
}

namespace PerfKit.Instrumentation;

/// <summary>How much the application needs a service before it can serve.</summary>
public enum ServiceType
{
    /// <summary>The application cannot serve without it. Never proposed for deferral.</summary>
    Essential = 0,

    /// <summary>The application can serve without it for a while; it may be made ready on first use.</summary>
    Optional = 1,

    /// <summary>Works beside the application; may be made ready after start-up.</summary>
    Background = 2,
}

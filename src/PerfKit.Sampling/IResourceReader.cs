namespace PerfKit.Sampling;

/// <summary>Reads some of the figures of a sample from one source: the runtime, the exceptions, the operating system.</summary>
/// <remarks>Called by one thread at a time, under the sampler's lock. Once warm it allocates nothing, except where a platform's
/// only interface does.</remarks>
internal interface IResourceReader : IDisposable
{
    /// <summary>Sets the figures this reader is for; what it cannot read it leaves as it is. Once disposed,
    /// it opens nothing again.</summary>
    void Read(ref ResourceReading reading);
}

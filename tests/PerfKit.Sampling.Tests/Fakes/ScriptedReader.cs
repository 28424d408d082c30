namespace PerfKit.Sampling.Tests;

/// <summary>A reader that gives the readings of a script, one after the other; beyond its end it throws.</summary>
internal sealed class ScriptedReader(params ResourceReading[] script) : IResourceReader
{
    private int _next;

    public bool Disposed { get; private set; }

    public void Read(ref ResourceReading reading) => reading = script[_next++];

    public void Dispose() => Disposed = true;
}

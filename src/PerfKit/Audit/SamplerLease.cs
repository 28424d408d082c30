using PerfKit.Sampling;

namespace PerfKit;

/// <summary>Keeps a sampler running while at least one user (the host, an audit) needs it. Thread-safe.</summary>
/// <param name="sampler">The sampler.</param>
/// <param name="stopped">Called when it has stopped.</param>
internal sealed class SamplerLease(ResourceSampler sampler, Action stopped)
{
    private readonly Lock _lock = new();
    private int _users; // guarded by _lock

    public IDisposable Take()
    {
        lock (_lock)
        {
            if (_users++ == 0)
                sampler.Start();
        }
        return new Lease(this);
    }

    private void Return()
    {
        lock (_lock)
        {
            if (--_users > 0)
                return;
            sampler.Stop();
            stopped();
        }
    }

    private sealed class Lease(SamplerLease owner) : IDisposable
    {
        private int _isReturned;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isReturned, 1) == 0)
                owner.Return();
        }
    }
}

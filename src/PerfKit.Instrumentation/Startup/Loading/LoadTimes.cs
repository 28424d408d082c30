namespace PerfKit.Instrumentation;

/// <summary>
/// Makes durations of begun searches and finished loads, thread by thread; a load's duration is without the loads that
/// happened inside it. Many searches find what is loaded already and never end in a load; they are forgotten. Thread-safe.
/// </summary>
internal sealed class LoadTimes
{
    private const int MaxThreads = 1_024;
    private const int MaxSearches = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, List<Search>> _threads = [];

    /// <summary>A thread begins to look for an assembly.</summary>
    /// <param name="thread">The thread's id.</param>
    /// <param name="assembly">The name it looks for; it may lack what a full name has.</param>
    /// <param name="ticks">When, in ticks of <see cref="TimeSpan"/>.</param>
    public void Begin(long thread, string assembly, long ticks)
    {
        lock (_lock)
        {
            if (!_threads.TryGetValue(thread, out List<Search>? searches))
            {
                if (_threads.Count >= MaxThreads)
                    _threads.Clear();
                _threads[thread] = searches = [];
            }
            if (searches.Count >= MaxSearches)
                searches.RemoveAt(0);
            searches.Add(new Search(SimpleName(assembly), ticks));
        }
    }

    /// <summary>A thread has loaded an assembly.</summary>
    /// <returns>How long it took; <c>null</c> when nobody looked for it by name, as for one that is loaded from memory.</returns>
    public TimeSpan? End(long thread, string assembly, long ticks)
    {
        lock (_lock)
        {
            if (!_threads.TryGetValue(thread, out List<Search>? searches))
                return null;
            string name = SimpleName(assembly);
            int found = searches.FindLastIndex(search => string.Equals(search.Name, name, StringComparison.OrdinalIgnoreCase));
            if (found < 0)
                return null;
            long own = Math.Max(0, ticks - searches[found].Began - searches[found].Nested);
            searches.RemoveRange(found, searches.Count - found);
            foreach (Search around in searches)
                around.Nested += own;
            return TimeSpan.FromTicks(own);
        }
    }

    private static string SimpleName(string assembly)
    {
        int comma = assembly.IndexOf(',', StringComparison.Ordinal);
        return comma < 0 ? assembly : assembly[..comma];
    }

    private sealed class Search(string name, long began)
    {
        public string Name => name;

        public long Began => began;

        public long Nested { get; set; }
    }
}

namespace PerfKit.Instrumentation;

/// <summary>Services that need each other: the strongly connected groups of declared dependencies (Tarjan, 1972).</summary>
internal static class DependencyCycles
{
    public static IReadOnlyList<IReadOnlyList<string>> Of(IReadOnlyDictionary<string, StartupService> services)
    {
        var cycles = new List<IReadOnlyList<string>>();
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        var low = new Dictionary<string, int>(StringComparer.Ordinal);
        var open = new HashSet<string>(StringComparer.Ordinal);
        var path = new Stack<string>();
        // A stack of its own instead of recursion: a chain of dependencies may be longer than the thread's stack allows.
        var work = new Stack<(string Service, int Next)>();
        foreach (string start in services.Keys.Order(StringComparer.Ordinal))
        {
            if (!index.ContainsKey(start))
                work.Push((start, 0));
            while (work.TryPop(out (string Service, int Next) step))
            {
                (string service, int next) = step;
                if (next == 0)
                {
                    index[service] = low[service] = index.Count;
                    path.Push(service);
                    open.Add(service);
                }
                IReadOnlyList<string> needs = services[service].Dependencies;
                bool hasDescended = false;
                for (; next < needs.Count && !hasDescended; next++)
                {
                    string need = needs[next];
                    if (!services.ContainsKey(need))
                        continue;
                    if (!index.TryGetValue(need, out int found))
                    {
                        work.Push((service, next + 1));
                        work.Push((need, 0));
                        hasDescended = true;
                    }
                    else if (open.Contains(need))
                    {
                        low[service] = Math.Min(low[service], found);
                    }
                }
                if (hasDescended)
                    continue;
                if (low[service] == index[service])
                    Close(service, needs, path, open, cycles);
                if (work.TryPeek(out (string Service, int Next) outer))
                    low[outer.Service] = Math.Min(low[outer.Service], low[service]);
            }
        }
        return cycles;
    }

    private static void Close(
        string service, IReadOnlyList<string> needs, Stack<string> path, HashSet<string> open, List<IReadOnlyList<string>> cycles)
    {
        var group = new List<string>();
        string member;
        do
        {
            member = path.Pop();
            open.Remove(member);
            group.Add(member);
        }
        while (member != service);
        if (group.Count > 1 || needs.Contains(service))
            cycles.Add(group.Order(StringComparer.Ordinal).ToArray());
    }
}

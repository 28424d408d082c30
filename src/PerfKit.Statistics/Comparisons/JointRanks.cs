namespace PerfKit.Statistics;

/// <summary>Two sorted samples ranked together. Groups of equal values share the mean of their ranks.</summary>
internal readonly struct JointRanks
{
    private JointRanks(List<(int Before, int After)> groups, int before, int after)
    {
        Groups = groups;
        CountBefore = before;
        CountAfter = after;
        long smaller = 0;
        foreach ((int inBefore, int inAfter) in groups)
        {
            U += inAfter * (smaller + inBefore / 2.0);
            smaller += inBefore;
            double size = inBefore + inAfter;
            TieCubes += size * (size * size - 1);
        }
    }

    public int CountBefore { get; }

    public int CountAfter { get; }

    /// <summary>Gets, for each distinct value from the smallest, how often each sample has it.</summary>
    public List<(int Before, int After)> Groups { get; }

    public double U { get; }

    /// <summary>Gets the sum of t³ − t over the groups, t being a group's size.</summary>
    public double TieCubes { get; }

    public static JointRanks Of(double[] before, double[] after)
    {
        var groups = new List<(int, int)>();
        for (int i = 0, j = 0; i < before.Length || j < after.Length;)
        {
            double value = j == after.Length || (i < before.Length && before[i] <= after[j]) ? before[i] : after[j];
            int firstBefore = i, firstAfter = j;
            while (i < before.Length && before[i] == value)
                i++;
            while (j < after.Length && after[j] == value)
                j++;
            groups.Add((i - firstBefore, j - firstAfter));
        }

        return new JointRanks(groups, before.Length, after.Length);
    }
}

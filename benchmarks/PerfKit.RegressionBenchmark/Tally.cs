namespace PerfKit.RegressionBenchmark;

/// <summary>Counts of histories, for one treatment of suspects.</summary>
internal sealed class Tally
{
    public int Histories { get; set; }

    /// <summary>Raised at the newest run of an unchanged history.</summary>
    public int FalseAlarms { get; set; }

    /// <summary>Raised at any of the newest thirty runs of an unchanged history.</summary>
    public int FalseAlarmsOfThirty { get; set; }

    public int Steps { get; set; }

    public int Creeps { get; set; }

    public static double Share(int count, int histories) => 100.0 * count / histories;

    public void Add(Tally other)
    {
        Histories += other.Histories;
        FalseAlarms += other.FalseAlarms;
        FalseAlarmsOfThirty += other.FalseAlarmsOfThirty;
        Steps += other.Steps;
        Creeps += other.Creeps;
    }
}

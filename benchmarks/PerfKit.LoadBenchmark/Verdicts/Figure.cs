namespace PerfKit.LoadBenchmark;

/// <summary>Figures as texts.</summary>
internal static class Figure
{
    public static string Seconds(double seconds) => seconds switch
    {
        >= 1 => Print.Text($"{seconds:0.000} s"),
        >= 0.001 => Print.Text($"{seconds * 1e3:0.0} ms"),
        _ => Print.Text($"{seconds * 1e6:0} µs"),
    };

    public static string Share(double? share) => Print.Text($"{share * 100:0.#} %");

    public static string Signed(double share) => Print.Text($"{share * 100:+0.0;-0.0} %");

    public static string Count(double count) => Print.Text($"{count:0}");
}

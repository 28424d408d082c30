using System.Globalization;

namespace PerfKit.Reporting;

/// <summary>An axis with round ticks.</summary>
internal sealed class AxisScale
{
    private static readonly double[] TimeSteps =
        [60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400];

    private const int MaximumTicks = 20;

    private readonly Unit _unit;
    private readonly bool _extend;

    private AxisScale(double minimum, double maximum, double step, Unit unit, bool extend)
    {
        _unit = unit;
        _extend = extend;
        Step = step;
        Minimum = extend ? Math.Floor(minimum / step) * step : minimum;
        Maximum = extend ? Math.Ceiling((maximum / step) - 1e-9) * step : maximum;
    }

    public double Minimum { get; }

    public double Maximum { get; }

    public double Step { get; }

    /// <summary>The round values on the axis, ascending.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            double first = Math.Ceiling((Minimum / Step) - 1e-9);
            double last = Math.Floor((Maximum / Step) + 1e-9);

            // Counted, not compared: far from zero a double no longer changes by one.
            for (int i = 0; i <= Math.Min(last - first, MaximumTicks); i++)
            {
                yield return (first + i) * Step;
            }
        }
    }

    /// <summary>A value axis that holds zero and reaches to the next round value on both ends.</summary>
    public static AxisScale ForValues(double minimum, double maximum, Unit unit)
    {
        minimum = Math.Min(0, minimum);
        maximum = Math.Max(0, maximum);
        if (maximum - minimum <= double.Epsilon * 1e6)
        {
            maximum = unit is Unit.Percent or Unit.Score ? 100 : 1;
        }

        double range = maximum - minimum;
        return new AxisScale(minimum, maximum, unit == Unit.Bytes ? BinaryStep(range / 4) : DecimalStep(range / 4), unit, extend: true);
    }

    /// <summary>A time axis of exactly the given length, in seconds.</summary>
    public static AxisScale ForTime(double start, double end, int ticks)
    {
        double target = Math.Max(end - start, 1e-9) / ticks;
        double step = target <= 30 ? Math.Min(DecimalStep(target), 30) : TimeSteps.FirstOrDefault(candidate => candidate >= target);
        return new AxisScale(start, end, step > 0 ? step : DecimalStep(target / 86400) * 86400, Unit.Seconds, extend: false);
    }

    /// <summary>Where a value lies on the axis, 0 to 1.</summary>
    public double Position(double value) => Maximum > Minimum ? Math.Clamp((value - Minimum) / (Maximum - Minimum), 0, 1) : 0;

    /// <summary>The text at a tick; all ticks of an axis use one multiple of the unit.</summary>
    public string Label(double tick)
    {
        if (tick == 0)
        {
            return "0";
        }

        double largest = Math.Max(Math.Abs(Minimum), Math.Abs(Maximum));
        return _unit switch
        {
            Unit.Seconds when !_extend && Step >= 60 => Quantity.Of(TimeSpan.FromSeconds(Math.Clamp(tick, -9e11, 9e11))).Format(),
            Unit.Seconds when largest >= 1 => In(1, "s"),
            Unit.Seconds when largest >= 1e-3 => In(1e-3, "ms"),
            Unit.Seconds => In(1e-6, "µs"),
            Unit.Bytes when largest >= 1L << 30 => In(1L << 30, "GiB"),
            Unit.Bytes when largest >= 1L << 20 => In(1L << 20, "MiB"),
            Unit.Bytes when largest >= 1L << 10 => In(1L << 10, "KiB"),
            Unit.BytesPerSecond when largest >= 1e9 => In(1e9, "GB/s"),
            Unit.BytesPerSecond when largest >= 1e6 => In(1e6, "MB/s"),
            Unit.BytesPerSecond when largest >= 1e3 => In(1e3, "kB/s"),
            Unit.Cores => In(1, ""),
            Unit.Score => In(1, ""),
            _ => new Quantity(tick, _unit).Format(),
        };

        string In(double size, string name)
        {
            string number = (tick / size).ToString(Math.Abs(tick / size) >= 1e7 ? "0.##e+0" : "0.######", CultureInfo.InvariantCulture);
            return name.Length == 0 ? number : number + " " + name;
        }
    }

    private static double DecimalStep(double atLeast)
    {
        double magnitude = Math.Pow(10, Math.Floor(Math.Log10(atLeast)));
        double factor = atLeast / magnitude;
        return magnitude * (factor <= 1.0001 ? 1 : factor <= 2.0001 ? 2 : factor <= 5.0001 ? 5 : 10);
    }

    private static double BinaryStep(double atLeast) => atLeast > 1 ? Math.Pow(2, Math.Ceiling(Math.Log2(atLeast) - 1e-9)) : DecimalStep(atLeast);
}

using System.Globalization;

namespace PerfKit.Analysis;

/// <summary>What a level may be, in its threshold's unit.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end, itself included.</param>
/// <param name="IsLowExcluded">Whether the lower end is too little already.</param>
internal readonly record struct LimitRange(double Low, double High, bool IsLowExcluded = false)
{
    public static readonly LimitRange Percent = new(0, 100, IsLowExcluded: true);

    public static LimitRange Above(double low, double high = double.MaxValue) => new(low, high, IsLowExcluded: true);

    // Written so that NaN fails too.
    public bool Holds(double value) => (IsLowExcluded ? value > Low : value >= Low) && value <= High;

    public string Text(Func<double, string> format) => (IsLowExcluded, High < double.MaxValue) switch
    {
        (true, true) => $"above {format(Low)}, up to {format(High)}",
        (true, false) => $"above {format(Low)}",
        (false, true) => $"{format(Low)} to {format(High)}",
        (false, false) => $"{format(Low)} or more",
    };

    public static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    public static string Duration(double seconds)
    {
        TimeSpan value = Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : seconds < 0 ? TimeSpan.MinValue : TimeSpan.MaxValue;
        string text = value.ToString("c", CultureInfo.InvariantCulture);
        return value.Ticks % TimeSpan.TicksPerSecond == 0 ? text : text.TrimEnd('0');
    }
}

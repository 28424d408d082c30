namespace PerfKit.Reporting;

/// <summary>The colors of the console renderer, as their ANSI codes.</summary>
internal enum TextColor
{
    Plain = 0,
    Bold = 1,
    Dim = 2,
    Red = 31,
    Green = 32,
    Yellow = 33,
    Blue = 34,
    Magenta = 35,
    Cyan = 36,
    BoldRed = 91,
}

using PerfKit.Architecture.Tests.Specimens;

namespace PerfKit.Architecture.Tests;

public sealed class PublicSurfaceDescriberTests
{
    [Fact]
    public void Describe_enum_shows_each_value() => AssertSurface(typeof(Plain),
        "S.Plain (enum)",
        "S.Plain: Five = 5",
        "S.Plain: Zero = 0");

    [Fact]
    public void Describe_enum_shows_an_unusual_underlying_type() => AssertSurface(typeof(Wide),
        "S.Wide (enum : long)",
        "S.Wide: Top = 1099511627776");

    [Fact]
    public void Describe_static_class_shows_constants_defaults_modifiers_nullability_and_constraints() => AssertSurface(typeof(Statics),
        "S.Statics (static class)",
        "S.Statics: const S.Plain Choice = S.Plain.Five",
        "S.Statics: const double Number = 0.5",
        "S.Statics: const string Text = \"a\\\"b\"",
        "S.Statics: static System.ValueTuple<int, int>?[Low, High] Range(double? value)",
        "S.Statics: static T Pick<T, TOther>(T first, System.Func<T, TOther?> other) where T : class, System.IComparable<T>, new() where TOther : struct",
        "S.Statics: static bool Try(in long key, ref int count, out System.Collections.Generic.Dictionary<string, object?>? found, params int[] rest)",
        "S.Statics: static readonly System.Collections.Generic.IReadOnlyList<string?> Names",
        "S.Statics: static string? Find(this string text, int from = -1, S.Plain plain = S.Plain.Five, System.Threading.CancellationToken ct = default, string? other = null)");

    [Fact]
    public void Describe_abstract_class_shows_protected_members_and_hides_internal_ones() => AssertSurface(typeof(Shape),
        "S.Shape (abstract class : System.IDisposable)",
        "S.Shape: abstract double Area { get; }",
        "S.Shape: event System.EventHandler? Changed",
        "S.Shape: protected Shape(int sides)",
        "S.Shape: protected readonly int _sides",
        "S.Shape: protected virtual void Grow(double by)",
        "S.Shape: string? this[int index] { get; }",
        "S.Shape: virtual string? Name { get; protected set; }",
        "S.Shape: void Dispose()");

    [Fact]
    public void Describe_nested_class_shows_its_outer_type_and_its_override() => AssertSurface(typeof(Shape.Dot),
        "S.Shape.Dot (sealed class : S.Shape)",
        "S.Shape.Dot: Dot()",
        "S.Shape.Dot: override double Area { get; }");

    [Fact]
    public void Describe_record_shows_required_init_and_set_but_nothing_the_compiler_added() => AssertSurface(typeof(Reading),
        "S.Reading (sealed record)",
        "S.Reading: Reading(string Service, double? Value = null)",
        "S.Reading: double? Value { get; init; }",
        "S.Reading: required System.DateTimeOffset At { get; init; }",
        "S.Reading: string Note { get; set; }",
        "S.Reading: string Service { get; init; }",
        "S.Reading: void Deconstruct(out string Service, out double? Value)");

    [Fact]
    public void Describe_generic_record_struct_shows_its_constraint() => AssertSurface(typeof(Pair<>),
        "S.Pair<T> (readonly record struct where T : notnull)",
        "S.Pair<T>: Pair(T First, T? Second)",
        "S.Pair<T>: T First { get; init; }",
        "S.Pair<T>: T? Second { get; init; }",
        "S.Pair<T>: void Deconstruct(out T First, out T? Second)");

    [Fact]
    public void Describe_ref_struct_hides_a_private_setter() => AssertSurface(typeof(Cursor),
        "S.Cursor (ref struct)",
        "S.Cursor: System.ReadOnlySpan<byte> Rest { get; }");

    [Fact]
    public void Describe_interface_shows_variance_nested_nullability_and_static_abstract_members() => AssertSurface(typeof(IStore<>),
        "S.IStore<out T> (interface : System.IAsyncDisposable where T : class?)",
        "S.IStore<out T>: System.Collections.Generic.IReadOnlyList<T?> Read(string? path)",
        "S.IStore<out T>: int Count { get; }",
        "S.IStore<out T>: static abstract S.IStore<T?> Open()");

    [Fact]
    public void Describe_delegate_shows_its_signature() => AssertSurface(typeof(Choose<>),
        "S.Choose<in T> (delegate bool Invoke(T? item, string? why = null))");

    [Fact]
    public void Describe_assembly_is_sorted_and_ends_each_line_with_LF()
    {
        string text = PublicSurface.Describe(typeof(Statics).Assembly);
        string[] lines = text.TrimEnd('\n').Split('\n');

        Assert.Equal(lines.Order(StringComparer.Ordinal), lines);
        Assert.DoesNotContain('\r', text);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("FloorPlan", text, StringComparison.Ordinal);        // internal
    }

    private static void AssertSurface(Type type, params string[] expected) =>
        Assert.Equal(
            expected,
            PublicSurface.Describe(type).Replace("PerfKit.Architecture.Tests.Specimens.", "S.", StringComparison.Ordinal).TrimEnd('\n').Split('\n'));
}

using System.Text;

namespace PerfKit.Storage.Sqlite;

/// <summary>A WHERE clause with the numbers for its parameters. Names became their ids: one that nothing has matches nothing.</summary>
internal sealed class Condition
{
    private readonly StringBuilder _sql = new();
    private readonly List<long> _values = [];

    /// <summary>The runs that a query asks for; <see langword="null"/> when there can be none.</summary>
    public static Condition? Of(Labels labels, RunQuery query)
    {
        var condition = new Condition();
        if (!condition.AddName("application", query.Application, labels) || !condition.AddName("machine", query.MachineFingerprint, labels))
            return null;
        if (query.Kind is { } kind)
            condition.Add("kind = ?", (long)kind);
        if (query.From is { } from)
            condition.Add("finished >= ?", from.UtcTicks);
        if (query.To is { } to)
            condition.Add("finished < ?", to.UtcTicks);
        return condition;
    }

    public void Add(string term, params ReadOnlySpan<long> values)
    {
        _sql.Append(_sql.Length == 0 ? " WHERE " : " AND ").Append(term);
        _values.AddRange(values);
    }

    /// <summary>Returns <see langword="false"/> when nothing has that name.</summary>
    public bool AddName(string column, string? name, Labels labels)
    {
        if (name is null)
            return true;
        if (labels.Find(name) is not { } id)
            return false;
        Add(column + " = ?", id);
        return true;
    }

    /// <summary>Sets the clause's parameters, and after them those that follow it.</summary>
    public Statement Bind(Statement statement, params ReadOnlySpan<long> following)
    {
        int parameter = 0;
        foreach (long value in _values)
            statement.Bind(++parameter, value);
        foreach (long value in following)
            statement.Bind(++parameter, value);
        return statement;
    }

    public override string ToString() => _sql.ToString();
}

using System.Globalization;

namespace StartupLab;

/// <summary>Who may do what: read, sorted, and without repetition, so that a question is a binary search.</summary>
internal sealed class AccessTable(string path)
{
    private readonly List<Permission> _permissions = [];

    public void Load()
    {
        foreach (string line in File.ReadLines(path))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            _permissions.Add(new Permission(line[..colon], int.Parse(line.AsSpan(colon + 1), CultureInfo.InvariantCulture)));
        }
        _permissions.Sort((left, right) => string.CompareOrdinal(left.Action, right.Action) is var order and not 0 ? order : left.User.CompareTo(right.User));
        int kept = 0;
        for (int i = 1; i < _permissions.Count; i++)
        {
            if (_permissions[i] != _permissions[kept])
                _permissions[++kept] = _permissions[i];
        }
        _permissions.RemoveRange(kept + 1, _permissions.Count - kept - 1);
    }

    private readonly record struct Permission(string Action, int User);
}

using System.Text;

namespace PerfKit.Sampling;

/// <summary>Finds the folders of the control groups that a process is in. Pure.</summary>
internal static class CgroupLocation
{
    /// <summary>More nested groups than anyone makes; the nearest ones are kept.</summary>
    internal const int MaxDepth = 32;

    /// <summary>From <c>/proc/self/cgroup</c> (cgroups(7)), lines <c>number:controllers:path</c>: the path of the process's group
    /// in the hierarchy of a controller.</summary>
    /// <param name="cgroup">The file.</param>
    /// <param name="version">2: the line with no controllers; 1: the line that has the controller among them.</param>
    /// <param name="path">Begins with a slash; as seen from the process's cgroup namespace.</param>
    /// <param name="controller">Of version 1.</param>
    internal static bool TryFindPath(ReadOnlySpan<byte> cgroup, int version, out string path, string controller = "cpu")
    {
        foreach (Range range in cgroup.Split((byte)'\n'))
        {
            string line = Encoding.UTF8.GetString(cgroup[range]);
            string[] parts = line.Split(':', 3); // the path may hold colons
            if (parts.Length != 3 || !parts[2].StartsWith('/')) continue;
            if (version == 2 ? parts[0] != "0" || parts[1].Length > 0 : !parts[1].Split(',').Contains(controller)) continue;

            path = parts[2];
            return true;
        }

        path = "";
        return false;
    }

    /// <summary>From <c>/proc/self/mountinfo</c> (proc_pid_mountinfo(5)): the folders to look into for a group's quota and those of the
    /// groups around it, from the nearest to the mount point. Empty if the hierarchy is not mounted.</summary>
    /// <param name="mountInfo">The file.</param>
    /// <param name="version">1 or 2.</param>
    /// <param name="path">From <see cref="TryFindPath"/>.</param>
    /// <param name="controller">Of version 1.</param>
    internal static IReadOnlyList<string> Folders(ReadOnlySpan<byte> mountInfo, int version, string path, string controller = "cpu")
    {
        string? fallback = null;
        foreach (Range range in mountInfo.Split((byte)'\n'))
        {
            string[] fields = Encoding.UTF8.GetString(mountInfo[range]).Split(' ');
            int dash = Array.IndexOf(fields, "-"); // ends the optional fields; file system, source and its options follow
            if (dash < 6 || fields.Length < dash + 4) continue;
            if (fields[dash + 1] != (version == 2 ? "cgroup2" : "cgroup")) continue;
            if (version == 1 && !fields[dash + 3].Split(',').Contains(controller)) continue;

            string root = Unescape(fields[3]);
            string mountPoint = Unescape(fields[4]);
            if (TryBelow(root, path, out string below)) return Upwards(mountPoint, below);
            fallback ??= mountPoint;
        }

        // The mount shows another part of the tree than the path tells of, as in a container without a namespace of its own for groups,
        // or with "/.." in either. The container's own group is then what lies at the mount point.
        return fallback is null ? [] : [fallback];
    }

    /// <summary>What remains of a path below the folder that is the root of a mount: "" or something that begins with a slash.</summary>
    private static bool TryBelow(string root, string path, out string below)
    {
        root = root.TrimEnd('/');
        path = path.TrimEnd('/');
        below = "";
        if (path.Contains("/..", StringComparison.Ordinal) || !path.StartsWith(root, StringComparison.Ordinal)) return false;
        below = path[root.Length..];
        return below.Length == 0 || below[0] == '/';
    }

    private static List<string> Upwards(string mountPoint, string below)
    {
        var folders = new List<string>();
        for (; folders.Count < MaxDepth; below = below[..below.LastIndexOf('/')])
        {
            folders.Add(mountPoint + below);
            if (below.Length == 0) break;
        }

        return folders;
    }

    /// <summary>The kernel writes space, tab, line feed and backslash as a backslash and three octal digits.</summary>
    private static string Unescape(string field) => !field.Contains('\\', StringComparison.Ordinal)
        ? field
        : field.Replace(@"\040", " ", StringComparison.Ordinal).Replace(@"\011", "\t", StringComparison.Ordinal)
            .Replace(@"\012", "\n", StringComparison.Ordinal).Replace(@"\134", @"\", StringComparison.Ordinal);
}

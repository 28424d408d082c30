using System.Globalization;

namespace PerfKit.DetectionBenchmark;

/// <summary>A control group with a CPU quota that this process joins, where it may make one; disposing leaves it.</summary>
internal sealed class ControlGroup : IDisposable
{
    private const int PeriodMicroseconds = 100_000;
    private const string Members = "cgroup.procs";

    private readonly string _parent, _folder;

    private ControlGroup(string parent, string folder)
    {
        _parent = parent;
        _folder = folder;
    }

    /// <summary>Whether this process can have a quota; found out by making a group without members.</summary>
    public static bool IsPossible { get; } = Probe();

    /// <summary>Joins a new group that may use so many cores.</summary>
    /// <exception cref="IOException">The system does not allow it.</exception>
    public static ControlGroup Join(double cores)
    {
        ControlGroup group = Make(cores);
        File.WriteAllText(Path.Combine(group._folder, Members), Id());
        return group;
    }

    public void Dispose()
    {
        File.WriteAllText(Path.Combine(_parent, Members), Id());
        Directory.Delete(_folder);
    }

    private static string Id() => Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    private static ControlGroup Make(double cores)
    {
        (string parent, bool isUnified) = Own();
        string folder = Path.Combine(parent, $"perfkit-detection-{Id()}");
        Directory.CreateDirectory(folder);
        string quota = ((int)(cores * PeriodMicroseconds)).ToString(CultureInfo.InvariantCulture);
        try
        {
            if (isUnified)
                File.WriteAllText(Path.Combine(folder, "cpu.max"), $"{quota} {PeriodMicroseconds}");
            else
                File.WriteAllText(Path.Combine(folder, "cpu.cfs_quota_us"), quota);
        }
        catch (Exception)
        {
            Directory.Delete(folder);
            throw;
        }
        return new ControlGroup(parent, folder);
    }

    private static bool Probe()
    {
        try
        {
            Directory.Delete(Make(1)._folder);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The folder of this process's group, by the lines of /proc/self/cgroup (cgroups(7)): "id:controllers:path".</summary>
    private static (string Folder, bool IsUnified) Own()
    {
        string[][] lines = [.. File.ReadAllLines("/proc/self/cgroup").Select(line => line.Split(':', 3))];
        if (lines.FirstOrDefault(line => line[1].Split(',').Contains("cpu")) is { } old)
            return (Folder(old[1] == "cpu" ? "cpu" : old[1], old[2]), false);
        return (Folder("", lines.First(line => line[0] == "0")[2]), true);

        // In a container the path may be the host's, and its own group the mount's root.
        static string Folder(string controller, string path)
        {
            string root = Path.Combine("/sys/fs/cgroup", controller);
            string own = Path.Combine(root, path.TrimStart('/'));
            return Directory.Exists(own) ? own : root;
        }
    }
}

using System.Text.Json.Serialization;

namespace PerfKit.Storage.Sqlite;

/// <summary>How the facts of a run stand in its row.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class FactsJson : JsonSerializerContext;

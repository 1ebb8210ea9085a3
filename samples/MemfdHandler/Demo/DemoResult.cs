using System.Text.Json.Serialization;

namespace MemfdHandlerSample.Demo;

/// <summary>The result as <c>--json</c> prints it.</summary>
internal sealed record DemoResult(int Boots, IReadOnlyList<int> Pids, IReadOnlyList<FileResult> Files, StepTimes Milliseconds);

/// <summary>What became of a file; no hash after the update if it is lost.</summary>
internal sealed record FileResult(string Session, ulong Token, long Size, string Sha256Before, string? Sha256After, bool Intact);

/// <summary>How long the steps took, in milliseconds.</summary>
internal sealed record StepTimes(double Preserve, double Freeze, double Exec, double Boot, double Retrieve);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DemoResult))]
internal sealed partial class DemoJson : JsonSerializerContext;

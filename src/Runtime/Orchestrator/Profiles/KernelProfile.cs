using LuoHandlers.Kho;
using LuoHandlers.Orchestrator.Formats;

namespace LuoHandlers.Orchestrator.Profiles;

/// <summary>
/// All in which the kernels that have LUO differ: data, and a format of what is handed over. The emulated kernel asks a profile for its
/// behaviour and never for its version.
/// </summary>
public sealed record KernelProfile
{
    internal KernelProfile(HandoverFormat format) => Format = format;

    /// <summary>Linux 7.2, the reference: ABI <c>luo-v5</c>, KHO <c>kho-v4</c>.</summary>
    public static KernelProfile Linux7_2 { get; } = new(new StructHandoverFormat("luo-v5"))
    {
        Name = "7.2",
        Release = "7.2.0",
        Kho = new KhoFormat("kho-v4", "preserved-data", "blob-size"),
    };

    /// <summary>The version as people write it.</summary>
    public required string Name { get; init; }

    /// <summary>What <c>uname -r</c> says.</summary>
    public required string Release { get; init; }

    /// <summary>The ABI string of LUO's handover.</summary>
    public string LuoCompatible => Format.Compatible;

    /// <summary>The format of the KHO root.</summary>
    public required KhoFormat Kho { get; init; }

    internal HandoverFormat Format { get; }

    /// <inheritdoc/>
    public override string ToString() => $"Linux {Name}";
}

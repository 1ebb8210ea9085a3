namespace LuoHandlers.Generator.Tests.Scripting;

/// <summary>The live object of the FLBs in the folder Inputs.</summary>
public sealed class Domains(ulong count)
{
    /// <summary>What the FLB hands over.</summary>
    public ulong Count { get; set; } = count;

    /// <summary>Which callbacks of handlers got this object.</summary>
    public IList<string> Users { get; } = [];
}

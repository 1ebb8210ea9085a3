using System.Diagnostics;
using System.Globalization;
using LuoHandlers.Memory;
using LuoHandlers.Native;

namespace LuoHandlers.Emulation;

/// <summary>
/// What one program of a process tells the next one about the machine, as the boot loader tells a kernel: in an environment variable, which the
/// next one removes.
/// </summary>
/// <param name="Descriptor">The descriptor of the memory file.</param>
/// <param name="MemoryBase">The address of its first byte.</param>
/// <param name="MemorySize">Its size in bytes.</param>
/// <param name="Root">Where the root of what was handed over is.</param>
/// <param name="Timeline">When what happened.</param>
internal sealed record ProcessHandover(int Descriptor, ulong MemoryBase, ulong MemorySize, PhysicalAddress Root, KexecTimeline Timeline)
{
    /// <summary>The name of the variable.</summary>
    public const string Variable = "LUOHANDLERS_KEXEC";

    /// <summary>Whether the previous program left something that nobody has taken.</summary>
    public static bool IsWaiting =>
        Environment.GetEnvironmentVariable(Variable)?.StartsWith(FormattableString.Invariant($"{Environment.ProcessId:x} "), StringComparison.Ordinal) == true;

    /// <summary>Takes what the previous program left; null if this process was not started by a live update.</summary>
    /// <exception cref="FormatException">The variable is not what a live update writes.</exception>
    public static ProcessHandover? Take()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } text)
            return null;
        Environment.SetEnvironmentVariable(Variable, null);
        string[] fields = text.Split(' ');
        if (fields.Length != 7)
            throw new FormatException($"The environment variable {Variable} has {fields.Length} fields, not 7: \"{text}\". Only KexecProcess may set it.");
        ulong[] values;
        try
        {
            values = Array.ConvertAll(fields, field => ulong.Parse(field, NumberStyles.HexNumber));
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new FormatException($"The environment variable {Variable} holds no numbers: \"{text}\". Only KexecProcess may set it.", e);
        }
        // A child inherits the environment, but not the memory.
        if (values[0] != (ulong)Environment.ProcessId)
            return null;
        if (values[1] > int.MaxValue)
            throw new FormatException($"The environment variable {Variable} names no descriptor: \"{text}\". Only KexecProcess may set it.");
        return new ProcessHandover(
            (int)values[1],
            values[2],
            values[3],
            new PhysicalAddress(values[4]),
            new KexecTimeline((long)values[5], (long)values[6], Stopwatch.GetTimestamp()));
    }

    /// <summary>Checks that the descriptor is that of a memory file of this size, before anything in it is believed or changed.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public void CheckMemory()
    {
        string? fault = PhysicalMemory.FindFault(new PhysicalAddress(MemoryBase), MemorySize) ?? MemoryFile.FindFault(Descriptor, MemorySize);
        if (fault is not null)
            throw new FormatException($"The environment variable {Variable} tells of no machine. {fault} Only KexecProcess may set it.");
    }

    /// <summary>The variable with its value.</summary>
    public string ToVariable() => FormattableString.Invariant(
        $"{Variable}={Environment.ProcessId:x} {Descriptor:x} {MemoryBase:x} {MemorySize:x} {Root.Value:x} {Timeline.Started:x} {Timeline.Frozen:x}");
}

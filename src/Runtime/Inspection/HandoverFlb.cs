namespace LuoHandlers.Inspection;

/// <summary>An FLB that was handed over.</summary>
/// <param name="Name">Its compatible string.</param>
/// <param name="Data">Its handle.</param>
/// <param name="Count">How many files and users keep it alive.</param>
public sealed record HandoverFlb(string Name, ulong Data, ulong Count);

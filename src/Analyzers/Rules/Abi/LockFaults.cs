using System.Collections.Immutable;
using LuoHandlers.Abi;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers;

/// <summary>Says what is wrong with the lines of a lock file.</summary>
internal static class LockFaults
{
    internal static readonly DiagnosticDescriptor Invalid = Rules.AbiLockInvalid.CreateDescriptor(
        "This line {0}, so the ABI lock can't be relied on and checks nothing. Mend the line, or take the file from the history.");

    internal static readonly DiagnosticDescriptor Version = Rules.AbiLockInvalid.CreateDescriptor(
        "The file does not begin with '{0}', so this version of the rules can't read it and checks nothing. Write that line, or use the version that wrote the file.");

    internal static readonly DiagnosticDescriptor Conflict = Rules.AbiLockInvalid.CreateDescriptor(
        "A merge of this file was not finished, so the ABI lock can't be relied on and checks nothing. Keep the lines of both sides, without the markers.");

    internal static readonly DiagnosticDescriptor Duplicate = Rules.AbiLockDuplicate.CreateDescriptor(
        "The line '{0}' is there already, so whoever changes one of them contradicts the other. Remove one.");

    internal static readonly DiagnosticDescriptor Contradiction = Rules.AbiLockInvalid.CreateDescriptor(
        "\"{0}\" is in LuoAbi.Shipped.txt, which is what counts, so this line says nothing. Remove the line.");

    public static ImmutableArray<DiagnosticDescriptor> Descriptors { get; } = [Invalid, Version, Conflict, Duplicate, Contradiction];

    /// <summary>Reports every fault at its line.</summary>
    public static void Report(LockText file, AbiLock abiLock, Action<Diagnostic> report)
    {
        foreach (AbiFault fault in file.File.Faults)
        {
            (DiagnosticDescriptor descriptor, string argument) = fault.Kind switch
            {
                AbiFaultKind.Version => (Version, AbiLockFile.Header),
                AbiFaultKind.Conflict => (Conflict, fault.Reason),
                AbiFaultKind.Duplicate => (Duplicate, fault.Reason),
                _ => (Invalid, fault.Reason),
            };
            report(Diagnostic.Create(descriptor, file.FindLocation(fault.Line), argument));
        }
        if (file != abiLock.Unshipped)
            return;
        foreach (AbiLockEntry entry in file.File.Entries.Values.Where(entry => entry.Description is not null && abiLock.FindShipped(entry.Compatible) is not null))
            report(Diagnostic.Create(Contradiction, file.FindLocation(entry.Facts[0].Line), entry.Compatible));
    }
}

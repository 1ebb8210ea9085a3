using LuoHandlers.Kho;
using LuoHandlers.Memory;

namespace LuoHandlers.Images;

/// <summary>Finds the KHO root in an image that does not tell where it is; <see cref="ImageOptions.Root"/> says how it decides.</summary>
/// <param name="memory">The memory.</param>
/// <param name="present">What of it is known.</param>
/// <param name="formats">The formats that a root can have.</param>
/// <param name="subtree">The subtree that a root is preferred for.</param>
internal sealed class RootSearch(PhysicalMemory memory, AddressRanges present, IReadOnlyList<KhoFormat> formats, string subtree)
{
    /// <summary>A real machine has a handful at most; each one takes a walk through all that is preserved.</summary>
    private const int MaximumCandidates = 64;

    private readonly List<string> _rejected = [];

    /// <param name="pages">The pages that begin with a device tree.</param>
    /// <exception cref="InvalidImageException">There is no root, or more than one could be it.</exception>
    public PhysicalAddress Find(IEnumerable<PhysicalAddress> pages)
    {
        List<PhysicalAddress> candidates = [.. pages.Where(IsRoot).Take(MaximumCandidates + 1)];
        if (candidates.Count > MaximumCandidates)
            throw NotFound($"is one of more than {MaximumCandidates}", candidates);
        var valid = new List<(PhysicalAddress Address, (bool, bool, uint) Rank)>();
        foreach (PhysicalAddress candidate in candidates)
        {
            if (Evaluate(candidate) is { } rank)
                valid.Add((candidate, rank));
        }
        if (valid.Count == 0)
            throw NotFound(candidates.Count == 0 ? "was not found" : $"was not found. {string.Join(' ', _rejected.Take(3)).TrimEnd('.')}", candidates);
        (bool, bool, uint) best = valid.Max(root => root.Rank);
        PhysicalAddress[] chosen = [.. valid.Where(root => root.Rank == best).Select(root => root.Address)];
        return chosen.Length == 1 ? chosen[0] : throw NotFound($"is one of several ({string.Join(", ", chosen)}): say which one", chosen);
    }

    private static InvalidImageException NotFound(string fault, IReadOnlyList<PhysicalAddress> candidates) => new("the KHO root", null, fault, candidates);

    private bool IsRoot(PhysicalAddress address)
    {
        try
        {
            DeviceTreeNode tree = FlattenedDeviceTree.Read(memory.GetSpan(address, Page.Size));
            string compatible = KhoRoot.ReadCompatible(tree);
            return formats.Any(format => format.Compatible == compatible) && tree.FindProperty(KhoFormat.MemoryMapProperty) is { Length: sizeof(ulong) };
        }
        catch (InvalidDeviceTreeException)
        {
            return false;
        }
    }

    /// <summary>How well a root fits; null if what it leads to is not valid.</summary>
    private (bool HasSubtree, bool IsPreserved, uint KexecCount)? Evaluate(PhysicalAddress candidate)
    {
        try
        {
            HandedOverMemory handover = HandedOverMemory.Read(memory, present, candidate, formats);
            bool hasSubtree = handover.Root.FindSubtree(subtree) is { } found && handover.TryFindInherited(found.Address, 1, out _);
            return (hasSubtree, handover.TryFindInherited(candidate, Page.Size, out _), handover.Metadata?.KexecCount ?? 0);
        }
        catch (InvalidHandoverException e)
        {
            _rejected.Add($"At {candidate}: {e.Message}");
            return null;
        }
    }
}

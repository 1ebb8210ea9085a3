using LuoHandlers.Orchestrator;

namespace LuoHandlers.Runtime.Tests.Images;

/// <summary>One changed image, and what is done with it.</summary>
/// <param name="IsRaw">Whether it is plain memory instead of an ELF file.</param>
/// <param name="Policy">What the kernels do about bad entries.</param>
/// <param name="Mutations">The changes, in order.</param>
internal sealed record FuzzCase(bool IsRaw, BadEntryPolicy Policy, IReadOnlyList<ImageMutation> Mutations)
{
    public FuzzTarget Target => IsRaw ? FuzzTarget.Raw : FuzzTarget.Elf;

    public byte[] CreateImage()
    {
        byte[] image = [.. Target.Image];
        foreach (ImageMutation mutation in Mutations)
            image = mutation.Apply(image, Target);
        return image;
    }

    public override string ToString() => $"{(IsRaw ? "raw" : "ELF")}, {Policy}: {string.Join("; ", Mutations)}";
}

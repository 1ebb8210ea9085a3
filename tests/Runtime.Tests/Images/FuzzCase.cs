using LuoHandlers.Orchestrator;

namespace LuoHandlers.Runtime.Tests.Images;

/// <summary>One changed image, and what is done with it.</summary>
/// <param name="Target">What is changed.</param>
/// <param name="Policy">What the kernels do about bad entries.</param>
/// <param name="Mutations">The changes, in order.</param>
internal sealed record FuzzCase(FuzzTarget Target, BadEntryPolicy Policy, IReadOnlyList<ImageMutation> Mutations)
{
    public byte[] CreateImage()
    {
        byte[] image = [.. Target.Image];
        foreach (ImageMutation mutation in Mutations)
            image = mutation.Apply(image, Target);
        return image;
    }

    public override string ToString() => $"{Target}, {Policy}: {string.Join("; ", Mutations)}";
}

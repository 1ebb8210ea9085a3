using FsCheck;
using FsCheck.Fluent;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>Draws the parts of a class: half of the times parts that go together, otherwise with up to three parts of any kind among them.</summary>
internal static class RandomParts
{
    /// <summary>Draws a part for each slot.</summary>
    /// <param name="slots">What there is for each, and with what it goes.</param>
    /// <param name="handedOver">What the parts can go together for.</param>
    public static Gen<string?[]> Draw((string? Code, HandedOver Fits)[][] slots, HandedOver[] handedOver)
    {
        var any = Gen.CollectToArray(slots, parts => Gen.Elements(parts.Select(part => part.Code).ToArray()));
        var replaced = Gen.OneOf(Gen.Constant(Array.Empty<int>()), Gen.Choose(0, slots.Length - 1).ArrayOf(3));
        return from parts in DrawFitting(slots, handedOver)
               from others in any
               from replacedSlots in replaced
               select parts.Select((part, slot) => replacedSlots.Contains(slot) ? others[slot] : part).ToArray();
    }

    /// <summary>Draws a part for each slot, all of which go together.</summary>
    public static Gen<string?[]> DrawFitting((string? Code, HandedOver Fits)[][] slots, HandedOver[] handedOver) =>
        Gen.Elements(handedOver)
            .SelectMany(each => Gen.CollectToArray(slots, parts => Gen.Elements(parts.Where(part => part.Fits.HasFlag(each)).Select(part => part.Code).ToArray())));
}

using System.Reflection;
using LuoHandlers.Manifests;
using LuoHandlers.Orchestrator;

namespace LuoHandlers.Emulation;

/// <summary>What a kernel will hand over, with the layouts that the assemblies of its handlers have.</summary>
internal static class PreservedItems
{
    /// <summary>Each file, and after it the FLBs that it depends on.</summary>
    public static IEnumerable<PreservedItem> Find(IEnumerable<OutgoingFile> files)
    {
        foreach (OutgoingFile file in files)
        {
            yield return Create(file, file.Handler.Name, LiveUpdateAbiKind.FileHandler, file.Handler.Handler);
            foreach (FlbState flb in file.Handler.Flbs)
                yield return Create(file, flb.Compatible.ToString(), LiveUpdateAbiKind.Flb, flb.Flb);
        }
    }

    private static PreservedItem Create(OutgoingFile file, string compatible, LiveUpdateAbiKind kind, object owner) =>
        new(compatible, kind, file.Session.ToString(), file.Token, FindDescription(owner.GetType().Assembly, compatible, kind));

    // What was written by hand has no description.
    private static string FindDescription(Assembly assembly, string compatible, LiveUpdateAbiKind kind) => assembly
        .GetCustomAttributes<LiveUpdateAbiAttribute>()
        .FirstOrDefault(abi => abi.Kind == kind && abi.Compatible == compatible)?.Description ?? "";
}

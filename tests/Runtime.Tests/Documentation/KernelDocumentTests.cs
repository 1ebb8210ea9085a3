using LuoHandlers.Orchestrator.Profiles;

namespace LuoHandlers.Runtime.Tests.Documentation;

public sealed class KernelDocumentTests
{
    [Fact]
    public void TheDocumentHasTheTableOfTheProfiles() => DocumentSection.AssertIs("kernels.md", "profiles", KernelComparison.ToMarkdown());

    [Fact]
    public void EveryProfileIsFoundByItsName()
    {
        Assert.Equal(["6.19", "6.19.y", "7.0", "7.0.y", "7.2"], KernelProfile.All.Select(profile => profile.Name));
        Assert.All(KernelProfile.All, profile => Assert.Same(profile, KernelProfile.Find(profile.Name)));
        Assert.Null(KernelProfile.Find("7.1"));
    }

    [Fact]
    public void LimitsAreThoseOfTheKernels()
    {
        Assert.Equal((819, 128), (KernelProfile.Linux6_19.MaximumSessions, KernelProfile.Linux6_19.MaximumFilesPerSession));
        Assert.Equal((510_000, 630_000), (KernelProfile.Linux7_2.MaximumSessions, KernelProfile.Linux7_2.MaximumFilesPerSession));
    }
}

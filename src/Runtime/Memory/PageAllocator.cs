namespace LuoHandlers.Memory;

/// <summary>Allocates pages of physical memory.</summary>
public sealed class PageAllocator
{
}

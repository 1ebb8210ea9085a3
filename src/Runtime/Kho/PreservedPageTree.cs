using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>A radix tree: tables of 512 addresses down to the leaves. It can be read at any time.</summary>
internal sealed class PreservedPageTree : PreservedPages
{
    private readonly Folio _root;

    public PreservedPageTree(PageAllocator pages)
        : base(pages) => _root = pages.Allocate();

    public override PhysicalAddress Address => _root.Address;

    protected override Folio CreateLeaf(ulong key)
    {
        Folio node = _root;
        for (int level = PageKey.Levels - 1; level >= 1; level--)
        {
            ref ulong slot = ref Words(node)[PageKey.TableIndex(key, level)];
            if (slot == 0)
                slot = Pages.Allocate().Address.Value;
            node = new Folio(new PhysicalAddress(slot).Pfn, 0);
        }
        return node;
    }
}

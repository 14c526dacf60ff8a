using JinshanBio.Crm.Web.Door;
using Microsoft.AspNetCore.Components;

namespace JinshanBio.Crm.Web.Ui;

/// <summary>
/// A part of a page that shows what was refused. A part is not drawn again by itself when nothing given to it changed,
/// and a refusal changes nothing but <see cref="Posted"/>, which lives as long as the request, as the part does.
/// </summary>
public abstract class PostedView : WaitingComponent
{
    [Inject] protected Posted Posted { get; private set; } = null!;

    protected override void OnInitialized() => Posted.Refused += StateHasChanged;
}

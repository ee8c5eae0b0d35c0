package io.linli.community.households;

/// Why a household cannot come down; any of them makes it a doorstep household.
public record CareNeeds(boolean mobility, boolean quarantine, boolean frail) {
    public boolean doorstep() {
        return mobility || quarantine || frail;
    }
}

package io.linli.community.households;

/// Why a household cannot come down; any of them makes it a doorstep household.
public record CareNeeds(boolean mobility, boolean quarantine, boolean frail) {
    public boolean doorstep() {
        return mobility || quarantine || frail;
    }

    /// How many of them there are: what goes by need goes to the highest level first.
    public int level() {
        return (mobility ? 1 : 0) + (quarantine ? 1 : 0) + (frail ? 1 : 0);
    }
}

"""What the user set, frozen: data, network, training settings; and the one door to `datasets`. No Qt."""
